import Foundation
import Glibc
import Libpq
import LocalCluster
import Processes
import Testing
import Waiting

/// The program at a terminal that controls it, started by a shell with job control.
@Suite(.blocking) struct TerminalTests {
    /// Starts the program, lets `user` work with it, and leaves.
    private func session(_ user: (PseudoTerminal) -> Void) throws {
        let database = try SharedCluster.database()
        let folder = try TemporaryFolder()
        let program = try Program.drop(in: database, folder: folder.url)
        let terminal = try PseudoTerminal()
        // Without TERM libedit takes the terminal for the dumbest kind.
        var call = ProgramCall(
            "setsid", ["--ctty", "bash", "--norc", "--noprofile", "--noediting", "-i"],
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": folder.url.path, "LC_ALL": "C.UTF-8", "PS1": "sh> ", "PAGER": "",
                "CONNINFO": database.connectionString.conninfo,
            ])
        (call.input, call.output, call.errors) = (
            .descriptor(terminal.slave), .descriptor(terminal.slave), .descriptor(terminal.slave)
        )
        let shell = try call.start()
        terminal.expect("sh> ")
        terminal.type("\(program.path) -X \"$CONNINFO\"\r")
        terminal.expect("\(database.name)=# ")
        user(terminal)
        if !terminal.hasFailed {
            terminal.type("\\q\r")
            terminal.expect("sh> ")
            terminal.type("exit\r")
        }
        // Its leader's end hangs up on the whole session.
        if terminal.hasFailed { shell.send(signal: SIGKILL) }
        shell.wait()
    }

    @Test func aStoppedShellGoesOnWhereItWas() throws {
        try session { terminal in
            terminal.type("SELECT 12")
            terminal.expect("SELECT 12")
            terminal.type("\u{1A}")
            terminal.expect("Stopped")
            terminal.expect("sh> ")
            terminal.type("fg\r")
            terminal.expect("\u{1B}[?2004h")
            terminal.expect("=# SELECT 12")
            // Editing goes on in the same line, so the terminal's modes are libedit's again.
            terminal.type("\u{1B}[D\u{1B}[D9\u{5}3 AS n;\r")
            terminal.expect(" 9123\r\n")
            terminal.expect("(1 row)")
            terminal.expect("=# ")
        }
    }

    @Test func theLineIsDrawnAnewInAnotherWidth() throws {
        let text = String(repeating: "abcdefghi ", count: 6)
        try session { terminal in
            terminal.type("SELECT '\(text)")
            terminal.expect(text)
            terminal.resize(rows: 24, columns: 40)
            terminal.expect("\r\u{1B}[J")
            terminal.expect("=# SELECT 'abc")
            terminal.type("' AS wide;\r")
            terminal.expect(" \(text)\r\n")
            terminal.expect("(1 row)")
            terminal.expect("=# ")
        }
    }

    @Test func controlCGoesToTheCommandOfTheShell() throws {
        try session { terminal in
            // In the shell's place: dash drops a SIGINT that comes while it starts a program.
            terminal.type("\\! echo begun; exec cat\r")
            terminal.expect("begun\r\n")
            terminal.type("words\r")
            terminal.expect("words\r\nwords\r\n")
            terminal.type("\u{3}")
            terminal.expect("=# ")
            terminal.type("SELECT 5 + 6 AS n;\r")
            terminal.expect(" 11\r\n")
            terminal.expect("=# ")
        }
    }
}
