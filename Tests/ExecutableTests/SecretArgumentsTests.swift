import Testing

@testable import scry_backfill

@Suite struct SecretArgumentsTests {
    @Test(arguments: [
        ("host=a password=geheim dbname=b", "host=a password=* dbname=b"),
        ("password = 'ge\\'h eim' host=a", "password = * host=a"),
        ("--source=password=geheim", "--source=password=*"),
        ("--source.password=geheim heim", "--source.password=* heim"),
        ("sslpassword=x\\ y z=1", "sslpassword=* z=1"),
        ("password=a password=b", "password=* password=*"),
        ("postgresql://u:geheim@h/d", "postgresql://u:*@h/d"),
        ("postgres://u:ge@heim@h:5432/d?x=1", "postgres://u:*@h:5432/d?x=1"),
        ("postgres://u@h/d?user=u&password=geheim&x=1", "postgres://u@h/d?user=u&password=*&x=1"),
        ("postgres://u@h/d", "postgres://u@h/d"),
        ("--no-password", "--no-password"),
        ("password=", "password="),
        ("select password from users", "select password from users"),
        ("host=a", "host=a"),
        ("", ""),
    ])
    func redacts(argument: String, expected: String) {
        #expect(String(decoding: SecretArguments.redact(Array(argument.utf8)), as: UTF8.self) == expected)
    }
}
