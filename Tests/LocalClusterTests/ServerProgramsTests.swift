import Postgres
import Testing
import Waiting

@testable import LocalCluster

@Suite(.blocking) struct ServerProgramsTests {
    @Test func findsAnInstalledServer() throws {
        let programs = try ServerPrograms()
        #expect(try ServerPrograms(directory: programs.directory) == programs)
        #expect(programs.path("initdb") == programs.directory + "/initdb")
    }

    @Test(arguments: ["/nowhere", "", "relative", "/usr/share"]) func refusesAFolderWithoutAServer(_ directory: String)
    {
        let error = #expect(throws: PostgresError.self) { try ServerPrograms(directory: directory) }
        #expect(error?.message == "no PostgreSQL server in \"\(directory)\"")
    }

    @Test func namesThePackageWhereThereIsNoServer() {
        let error = #expect(throws: PostgresError.self) { try ServerPrograms(searching: ["/nowhere", "/usr/share"]) }
        #expect(error?.hint?.contains("apt-get install -y postgresql") == true)
    }
}
