import Libpq
import Postgres
import Testing

@Suite struct ConnectionStringTests {
    @Test(arguments: [
        (
            "host=a port=5433 dbname='my db' user=o\\'brien",
            ["host": "a", "port": "5433", "dbname": "my db", "user": "o'brien"]
        ),
        (
            "postgresql://u:p%40ss@h:1/d?sslmode=require",
            ["user": "u", "password": "p@ss", "host": "h", "port": "1", "dbname": "d", "sslmode": "require"]
        ),
        ("postgres://%2Fvar%2Frun/d", ["host": "/var/run", "dbname": "d"]),
        ("postgresql://a,b:2/d", ["host": "a,b", "port": ",2", "dbname": "d"]),
        ("", [:]),
        ("password = ''", ["password": ""]),
    ])
    func readsWhatLibpqReads(_ text: String, _ parameters: [String: String]) throws {
        let string = try ConnectionString(parsing: text)
        #expect(string.parameters == parameters)
        // Written and read again it is the same.
        #expect(try ConnectionString(parsing: string.conninfo) == string)
    }

    @Test(arguments: ["host", "nokey=1", "password='geheim", "postgresql://u:geheim@h:p:q/%zz", "=geheim"])
    func anErrorDoesNotRepeatTheText(_ text: String) throws {
        let error = try #require(throws: PostgresError.self) { try ConnectionString(parsing: text) }
        #expect(!"\(error)".contains("geheim") && error.hint != nil)
    }

    @Test func peopleNeverSeeItsSecrets() throws {
        let string = ConnectionString([
            "host": "h", "password": "geheim", "sslpassword": "geheim", "oauth_client_secret": "geheim", "user": "it's",
        ])
        #expect(!string.description.contains("geheim"))
        #expect(string.description.contains("password='********'") && string.description.contains("host='h'"))
        #expect(string.conninfo.contains("password='geheim'") && string.conninfo.contains("user='it\\'s'"))
    }

    @Test func aDatabasesNameIsNoConnectionString() {
        #expect(!ConnectionString.isConnectionString("orders"))
        for text in ["dbname=x", "postgres://", "postgresql://h/d"] {
            #expect(ConnectionString.isConnectionString(text))
        }
    }

    /// An older libpq, such as an older pg_dump's, does not know every keyword.
    @Test func whatIsTakenByDefaultCanBeLeftOut() {
        let string = ConnectionString([
            "host": "h", "dbname": "d", "channel_binding": "prefer", "gssencmode": "disable", "options": "-c a=b",
        ])
        #expect(
            string.withoutDefaults().parameters == [
                "host": "h", "dbname": "d", "gssencmode": "disable", "options": "-c a=b",
            ])
        #expect(ConnectionString(["channel_binding": "require"]).withoutDefaults()["channel_binding"] == "require")
    }

    @Test func othersTakeTheirPlace() {
        var string = ConnectionString(["host": "a", "port": "1"])
        #expect(string.merging(["port": "2", "user": "u"]).parameters == ["host": "a", "port": "2", "user": "u"])
        string["host"] = nil
        #expect(string.parameters == ["port": "1"] && string["host"] == nil)
    }
}
