import Postgres
import Testing

@testable import Shell

@Suite struct VariableSpaceTests {
    @Test(
        arguments: [
            ("true", true), ("T", true), ("yes", true), ("y", true), ("on", true), ("1", true), ("off", false),
            ("of", false), ("n", false), ("0", false), ("fal", false), ("o", nil), ("", nil), ("2", nil),
            ("truex", nil),
        ] as [(String, Bool?)])
    func readsBooleans(_ text: String, _ value: Bool?) {
        #expect(VariableValue.bool(text) == value)
    }

    @Test(
        arguments: [
            ("10", 10), ("-3", -3), ("0x1F", 31), ("010", 8), ("2147483647", Int(Int32.max)), ("2147483648", nil),
            ("1a", nil), ("", nil), ("abc", nil), ("-", nil),
        ] as [(String, Int?)])
    func readsIntegers(_ text: String, _ value: Int?) {
        #expect(VariableValue.integer(text) == value)
    }

    @Test func specialVariablesHaveTheirDefaults() {
        let space = VariableSpace()
        #expect(space["FETCH_COUNT"] == "0")
        #expect(space["ECHO"] == "none")
        #expect(space["VERBOSITY"] == "default")
        #expect(space["ON_ERROR_STOP"] == "off")
        #expect(space["HISTFILE"] == nil)
        #expect(space.isSpecial("HISTFILE") && !space.isSpecial("foo"))
    }

    @Test func settingTakesEffect() throws {
        var space = VariableSpace()
        try space.set("ON_ERROR_STOP", "1")
        try space.set("ECHO", "ALL")
        try space.set("ECHO_HIDDEN", "noexec")
        try space.set("FETCH_COUNT", "10")
        #expect(space.settings.onErrorStop && space.settings.echo == .all)
        #expect(space.settings.echoHidden == .noexec && space.settings.fetchCount == 10)
        try space.set("ON_ERROR_STOP", nil)
        #expect(space["ON_ERROR_STOP"] == "off" && !space.settings.onErrorStop)
        try space.set("QUIET", "")
        #expect(space["QUIET"] == "on" && space.settings.quiet)
        try space.set("IGNOREEOF", "many")
        #expect(space["IGNOREEOF"] == "10")
    }

    @Test(arguments: [
        ("ON_ERROR_STOP", "maybe", "unrecognized value \"maybe\" for \"ON_ERROR_STOP\": Boolean expected"),
        ("FETCH_COUNT", "x", "invalid value \"x\" for \"FETCH_COUNT\": integer expected"),
        (
            "ECHO", "x",
            "unrecognized value \"x\" for \"ECHO\"\nAvailable values are: none, errors, queries, all."
        ),
        ("a b", "x", "invalid variable name: \"a b\""), ("", "x", "invalid variable name: \"\""),
    ])
    func anInvalidValueIsRefusedAndTheOldOneStays(_ name: String, _ value: String, _ message: String) {
        var space = VariableSpace()
        let before = space[name]
        let error = #expect(throws: PostgresError.self) { try space.set(name, value) }
        #expect(error?.message == message)
        #expect(space[name] == before)
    }

    @Test func listsInTheOrderOfBytes() throws {
        var space = VariableSpace(hooks: [:])
        for name in ["b", "B", "a_", "aB", "ä"] { try space.set(name, "1") }
        #expect(space.all.map(\.name) == ["B", "aB", "a_", "b", "ä"])
        try space.set("b", nil)
        #expect(space["b"] == nil)
    }
}
