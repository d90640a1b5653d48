import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct ServerIdentityTests {
    @Test func databasesOfAServerDiffer() throws {
        let first = try SharedCluster.database()
        let second = try SharedCluster.database()
        let one = try first.connect().serverIdentity()
        let two = try second.connect().serverIdentity()
        #expect(one.isSameServer(as: two) && !one.isSameDatabase(as: two))
        #expect(one.isSameDatabase(as: try first.connect().serverIdentity()))
        #expect(one.timeline == 1 && !one.isInRecovery && !one.isReadOnly)
        #expect(one.database == first.name && one.encoding == "UTF8")
        #expect(UInt64(one.systemIdentifier) != nil)
    }

    @Test func serversFromOneTemplateDiffer() throws {
        // A copy of the data folder has the same system identifier, as a restored backup has.
        let source = try SharedCluster.database(.source).connect().serverIdentity()
        let shadow = try SharedCluster.database(.shadow).connect().serverIdentity()
        #expect(!source.isSameServer(as: shadow))
    }

    @Test func settingsAreReadByName() throws {
        let settings = try SharedCluster.cluster().connect().settings("wal_level", "shared_buffers", "no_such")
        #expect(settings["wal_level"]?.value == "logical")
        #expect(settings["shared_buffers"]?.unit == "8kB")
        #expect(settings["no_such"] == nil)
    }
}
