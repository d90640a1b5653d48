import Shell
import Testing

@Suite struct ShellOptionsTests {
    @Test func defaultsAreThoseOfPsql() {
        let options = ShellOptions()
        #expect(options.actions.isEmpty)
        #expect(options.readsStartupFile && options.editsLines)
        #expect(options.passwordPrompt == .whenNeeded)
    }
}
