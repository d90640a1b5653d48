import Glibc
internal import Libpq

/// Questions at the terminal itself, whatever standard input is (simple_prompt).
enum PasswordPrompt {
    /// The answer; empty at its end, nil where Ctrl-C was typed.
    static func ask(_ question: String, echo: Bool, interrupt: Interrupt) -> String? {
        let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC)
        let reading = terminal >= 0 ? terminal : 0
        let writing = terminal >= 0 ? terminal : 2
        defer { if terminal >= 0 { close(terminal) } }

        var saved = termios()
        let hides = unsafe !echo && tcgetattr(reading, &saved) == 0
        if hides {
            var silent = saved
            silent.c_lflag &= ~tcflag_t(ECHO)
            unsafe tcsetattr(reading, TCSAFLUSH, &silent)
        }
        put(question, writing)
        var answer: [UInt8] = []
        var interrupted = false
        reading: while true {
            var entries = [
                pollfd(fd: interrupt.readDescriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
            ]
            if unsafe poll(&entries, 2, -1) < 0, errno == EINTR { continue }
            if entries[0].revents != 0 {
                interrupted = true
                break reading
            }
            var byte: UInt8 = 0
            let count = unsafe read(reading, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0 || byte == 0x0A { break }
            answer.append(byte)
        }
        if hides {
            unsafe tcsetattr(reading, TCSAFLUSH, &saved)
            put("\n", writing)
        }
        if interrupted { return nil }
        if answer.last == 0x0D { answer.removeLast() }
        return String(decoding: answer, as: UTF8.self)
    }

    private static func put(_ text: String, _ descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in _ = unsafe write(descriptor, bytes.baseAddress, bytes.count) }
    }
}
