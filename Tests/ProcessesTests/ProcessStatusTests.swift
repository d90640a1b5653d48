import Glibc
import Testing

@testable import Processes

@Suite struct ProcessStatusTests {
    @Test func readsWhatWaitpidStores() throws {
        #expect(try ProgramCall("sh", ["-c", "exit 7"]).start().wait() == .exited(7))
        #expect(try ProgramCall("sh", ["-c", "kill -TERM $$"]).start().wait() == .killed(SIGTERM))
        #expect(ChildProcess(pid: 1).statusIfEnded() == nil)
        #expect(ChildProcess(pid: 1).wait() == .unknown)
    }

    @Test func numbersAreAShells() {
        #expect(ProcessStatus.exited(3).code == 3)
        #expect(ProcessStatus.killed(SIGKILL).code == 137)
    }

    @Test func wordsArePostgreSQLs() {
        #expect(ProcessStatus.exited(126).description == "command not executable")
        #expect(ProcessStatus.exited(127).description == "command not found")
        #expect(ProcessStatus.exited(2).description == "child process exited with exit code 2")
        #expect(ProcessStatus.killed(SIGTERM).description == "child process was terminated by signal 15: Terminated")
    }
}
