import Foundation
import Glibc
import Postgres
import Testing

@testable import Processes

@Suite struct ProgramCallTests {
    @Test func keepsWhatBothStreamsGetHoweverMuch() throws {
        let run = try ProgramCall(
            "sh", ["-c", "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; echo end; exit 3"]
        ).run()
        #expect(run.output.count == 300_004)
        #expect(run.errors.count == 300_000)
        #expect(run.status == .exited(3))
    }

    @Test func passesTheGivenEnvironmentAlone() throws {
        #expect(try ProgramCall("/usr/bin/env", environment: ["A": "b c"]).run().outputText == "A=b c\n")
    }

    @Test func passesItsOwnEnvironmentWhereNoneIsGiven() throws {
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        #expect(try ProgramCall("sh", ["-c", "echo \"$PATH\""]).run().outputText == path + "\n")
    }

    @Test func tellsTheProgramItsName() throws {
        #expect(try ProgramCall("/bin/sh", ["-c", "echo $0"], name: "other").run().outputText == "other\n")
    }

    @Test func theInputIsEmptyUnlessAnotherIsGiven() throws {
        #expect(try ProgramCall("cat").run().outputText == "")
        let (reading, writing) = try FileDescriptor.pipe()
        try writing.write("words", toPipe: true)
        writing.close()
        var call = ProgramCall("cat")
        call.input = .descriptor(reading.number)
        #expect(try call.run().outputText == "words")
    }

    @Test func appendsToAFileOfTheUsersOwn() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        var call = ProgramCall("sh", ["-c", "echo one; echo two >&2"])
        call.output = .appending(file.path)
        call.errors = .appending(file.path)
        for _ in 1...2 { #expect(try call.start().wait() == .success) }
        #expect(try String(contentsOf: file, encoding: .utf8) == "one\ntwo\none\ntwo\n")
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func aMissingProgramIsAFailureThatTellsWhatToDo() throws {
        let call = ProgramCall("no-such-program")
        #expect(throws: SystemFailure(ENOENT)) { try call.start() }
        let error = call.notStarted(SystemFailure(ENOENT))
        #expect(error.message == "could not start \"no-such-program\": No such file or directory")
        #expect(error.hint?.contains("PATH") == true)
    }

    /// The fifth and sixth words of /proc/self/stat are process group and session.
    @Test func aSessionOfItsOwn() throws {
        var call = ProgramCall(
            "sh", ["-c", "read -r pid name state parent group session rest </proc/$$/stat; echo $session $$"])
        let shared = try call.run().outputText.split(whereSeparator: \.isWhitespace)
        #expect(shared.first.map(String.init) == String(getsid(0)))
        call.hasOwnSession = true
        let own = try call.run().outputText.split(whereSeparator: \.isWhitespace)
        #expect(own.first == own.last)
    }

    /// What outlives its caller must not keep the caller's files open: a lock, a pipe's end that somebody reads.
    @Test func aSessionOfItsOwnInheritsNoOtherDescriptor() throws {
        let kept = dup(2)
        defer { close(kept) }
        var call = ProgramCall("ls", ["/proc/self/fd"])
        #expect(try call.run().outputText.split(separator: "\n").contains("\(kept)"))
        call.hasOwnSession = true
        #expect(!(try call.run().outputText.split(separator: "\n").contains("\(kept)")))
    }

    /// A thread that blocks signals, as all but one of the program do, must not hand that on.
    @Test func theSignalsAreThoseOfAProgramThatNobodyCalled() throws {
        var all = sigset_t()
        var before = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        let run = try ProgramCall("grep", ["-E", "^Sig(Blk|Ign)", "/proc/self/status"]).run()
        let masks = run.outputText.split(whereSeparator: \.isWhitespace).compactMap { UInt64($0, radix: 16) }
        // glibc keeps two real-time signals, 32 and 33, for itself.
        #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
    }

    @Test func isEndedByADescriptor() throws {
        let (reading, writing) = try FileDescriptor.pipe()
        try writing.write("x", toPipe: true)
        let run = try ProgramCall("sh", ["-c", "echo begun; exec sleep infinity"]).run(endedBy: reading.number)
        #expect(run.status == .killed(SIGTERM))
    }

    @Test func anEndIsSeenWithoutWaiting() throws {
        let (reading, writing) = try FileDescriptor.pipe()
        var call = ProgramCall("cat")
        call.input = .descriptor(reading.number)
        call.output = .null
        let child = try call.start()
        #expect(child.statusIfEnded() == nil)
        reading.close()
        writing.close()
        #expect(child.wait() == .success)
    }
}
