import Libpq
import LocalCluster
import Testing
import Waiting

/// A server that cannot be reached: exit status 2, what was wrong, and what to do.
@Suite(.blocking) struct ConnectionFailureTests {
    private func expect(_ run: ProgramRun, status: Int32 = 2, _ message: String, hint: String) {
        #expect(run.status == status)
        #expect(run.output == "")
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.contains("HINT:  " + hint), "\(run.errors)")
    }

    @Test func noSuchDatabase() throws {
        let string = try SharedCluster.cluster().connectionString(database: "nowhere").conninfo
        let message = "FATAL:  database \"nowhere\" does not exist"
        expect(try ProgramRun(["-Xc", "select 1", string]), message, hint: "Name a database")
        expect(try ProgramRun(["slots", "--source", string]), message, hint: "Name a database")
    }

    @Test func aMisspeltCommand() throws {
        var string = try SharedCluster.cluster().connectionString(database: "postgres")
        string["dbname"] = nil
        let run = try ProgramRun(["--source", string.conninfo, "slost"])
        expect(
            run, "database \"slost\" does not exist", hint: "\"slost\" was taken for a database. Perhaps you meant")
    }

    @Test func wrongPassword() throws {
        let cluster = try LocalCluster(.source)
        try cluster.start()
        try cluster.run("CREATE ROLE guest LOGIN PASSWORD 'right'")
        try cluster.setAccessRules("local all postgres trust\nlocal all guest scram-sha-256\n")
        let string = cluster.connectionString(database: "postgres").merging(["user": "guest", "password": "wrong"])
        for arguments in [["-Xc", "select 1", string.conninfo], ["slots", "--source", string.conninfo]] {
            let run = try ProgramRun(arguments)
            expect(run, "password authentication failed for user \"guest\"", hint: "Check the user and the password")
            #expect(!run.errors.contains("wrong"))
        }
        let silent = cluster.connectionString(database: "postgres").merging(["user": "guest"]).conninfo
        expect(try ProgramRun(["-wXc", "select 1", silent]), "no password supplied", hint: "Check the user")
    }

    @Test func noServer() throws {
        let run = try ProgramRun(["check-connections", "--json", "-h", "/nonexistent"])
        #expect(run.status == 2)
    }

    @Test func psqlsOwnWords() throws {
        let string = try SharedCluster.cluster().connectionString(database: "nowhere").conninfo
        let run = try ProgramRun(["-Xc", "select 1", string], name: "psql")
        #expect(run.status == 2)
        #expect(run.errors.hasPrefix("psql: error: connection to server"))
        #expect(!run.errors.contains("HINT"))
    }
}
