import Glibc
import Testing

@testable import Processes

@Suite struct ExitStatusTests {
    @Test func readsWhatWaitpidStores() throws {
        #expect(try ProgramCall("sh", ["-c", "exit 7"]).start().wait() == .exited(7))
        #expect(try ProgramCall("sh", ["-c", "kill -TERM $$"]).start().wait() == .killed(SIGTERM))
        #expect(ChildProcess(pid: 1).statusIfEnded() == nil)
        #expect(ChildProcess(pid: 1).wait() == .unknown)
    }

    @Test func numbersAreAShells() {
        #expect(ExitStatus.exited(3).code == 3)
        #expect(ExitStatus.killed(SIGKILL).code == 137)
    }

    @Test func wordsArePostgreSQLs() {
        #expect(ExitStatus.exited(126).description == "command not executable")
        #expect(ExitStatus.exited(127).description == "command not found")
        #expect(ExitStatus.exited(2).description == "child process exited with exit code 2")
        #expect(ExitStatus.killed(SIGTERM).description == "child process was terminated by signal 15: Terminated")
    }
}
