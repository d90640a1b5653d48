import Glibc
public import Postgres

/// A program that has run to its end, with what it wrote.
public struct ProgramRun: Sendable {
    public let output: [UInt8]
    public let errors: [UInt8]
    public let status: ProcessStatus

    public var outputText: String { String(decoding: output, as: UTF8.self) }
    public var errorText: String { String(decoding: errors, as: UTF8.self) }

    /// The last ten lines of a text: the part of a program's output that gives the reason of its failure.
    public static func lastLines(_ text: String) -> String {
        text.split(separator: "\n").suffix(10).joined(separator: "\n")
    }
}

extension ProgramCall {
    /// Runs it to its end and keeps what it writes to both streams, whatever its exit status.
    ///
    /// Throws where it could not be started.
    ///
    /// - Parameter descriptor: once it can be read, the program is asked to end (SIGTERM).
    public func run(endedBy descriptor: Int32? = nil) throws(PostgresError) -> ProgramRun {
        let output = try FileDescriptor.pipe()
        let errors = try FileDescriptor.pipe()
        var call = self
        call.output = .descriptor(output.writing.number)
        call.errors = .descriptor(errors.writing.number)
        let child: ChildProcess
        do throws(SystemFailure) { child = try call.start() } catch { throw notStarted(error) }
        output.writing.close()
        errors.writing.close()
        let written = Self.readBoth(output.reading, errors.reading, of: child, endedBy: descriptor)
        return ProgramRun(output: written.0, errors: written.1, status: child.wait())
    }

    /// The error for a program that a person should have installed.
    public func notStarted(_ failure: SystemFailure) -> PostgresError {
        PostgresError(
            "could not start \"\(program)\": \(failure.description)",
            hint: "Install the program, or put its folder on PATH.", sqlState: .undefinedFile)
    }

    /// As they come, so that neither fills up while the other is read.
    private static func readBoth(
        _ first: FileDescriptor, _ second: FileDescriptor, of child: ChildProcess, endedBy descriptor: Int32?
    ) -> ([UInt8], [UInt8]) {
        var texts: [[UInt8]] = [[], []]
        // poll(2) passes over a negative descriptor.
        var entries = [first.number, second.number, descriptor ?? -1].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        while entries.prefix(2).contains(where: { $0.fd >= 0 }) {
            guard unsafe poll(&entries, nfds_t(entries.count), -1) >= 0 else {
                guard errno == EINTR else { break }
                continue
            }
            for (index, descriptor) in [first, second].enumerated() where entries[index].revents != 0 {
                if let bytes = descriptor.readSome() { texts[index] += bytes } else { entries[index].fd = -1 }
            }
            if entries[2].revents != 0 {
                child.send(signal: SIGTERM)
                entries[2].fd = -1
            }
        }
        return (texts[0], texts[1])
    }
}
