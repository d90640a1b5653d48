import Glibc
internal import Libpq
internal import Processes

/// Lines of a file, a pipe or a terminal in its own line mode, without prompt or echo. The end of the file is not kept:
/// after Ctrl-D at a terminal the next call reads on.
final class LineReader {
    enum Line {
        /// Without its newline. `isWhole` is false for a last line that has none.
        case line([UInt8], isWhole: Bool)
        case end
        case interrupted
        case failed(SystemFailure)
    }

    let descriptor: Int32
    private let ownsDescriptor: Bool
    private var buffer: [UInt8] = []
    private var start = 0

    init(descriptor: Int32, owned: Bool = false) {
        self.descriptor = descriptor
        ownsDescriptor = owned
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Waits for a line; an interrupt ends the wait and stays fired.
    func readLine(interrupt: Interrupt) -> Line {
        var searched = start
        while true {
            if let newline = buffer[searched...].firstIndex(of: 0x0A) {
                let line = Array(buffer[start..<newline])
                start = newline + 1
                return .line(line, isWhole: true)
            }
            searched = buffer.count
            let kept = searched - start
            switch fill(interrupt) {
            case .more: searched = start + kept
            case .end:
                guard start < buffer.count else { return .end }
                let line = Array(buffer[start...])
                start = buffer.count
                return .line(line, isWhole: false)
            case .interrupted: return .interrupted
            case .failed(let failure): return .failed(failure)
            }
        }
    }

    /// The next bytes, as many as there are, nil at the end; for binary COPY data.
    func readBytes(interrupt: Interrupt) -> Result<[UInt8]?, SystemFailure> {
        if start == buffer.count {
            switch fill(interrupt) {
            case .more: break
            case .end: return .success(nil)
            case .interrupted: return .failure(SystemFailure(EINTR))
            case .failed(let failure): return .failure(failure)
            }
        }
        let bytes = Array(buffer[start...])
        start = buffer.count
        return .success(bytes)
    }

    private enum Filling {
        case more, end, interrupted
        case failed(SystemFailure)
    }

    private func fill(_ interrupt: Interrupt) -> Filling {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            var entries = [
                pollfd(fd: interrupt.readDescriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let ready = unsafe poll(&entries, 2, -1)
            if ready < 0 {
                if errno == EINTR { continue }
                return .failed(SystemFailure())
            }
            if entries[0].revents != 0 { return .interrupted }
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count > 0 {
                buffer.append(contentsOf: chunk[0..<count])
                return .more
            }
            if count == 0 { return .end }
            if errno != EINTR, errno != EAGAIN { return .failed(SystemFailure()) }
        }
    }

    /// Opens a file for reading.
    static func open(_ path: String) -> Result<LineReader, SystemFailure> {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(SystemFailure()) }
        return .success(LineReader(descriptor: descriptor, owned: true))
    }
}
