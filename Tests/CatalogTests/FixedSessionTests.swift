import Catalog
import Libpq
import Postgres
import Testing

@Suite struct FixedSessionTests {
    @Test(arguments: [
        ("array_nulls", 100_000, true), ("idle_session_timeout", 130_020, false),
        ("idle_session_timeout", 140_000, true), ("transaction_timeout", 180_001, true),
        ("restrict_nonsystem_relation_kind", 110_022, false), ("restrict_nonsystem_relation_kind", 150_007, false),
        ("restrict_nonsystem_relation_kind", 150_008, true), ("restrict_nonsystem_relation_kind", 180_000, true),
    ])
    func aSettingIsKnownFromARelease(name: String, version: Int, exists: Bool) throws {
        let setting = try #require(PinnedSetting.all.first { $0.name == name })
        #expect(setting.exists(in: ServerVersion(version)) == exists)
    }

    @Test func noSettingIsNamedTwice() {
        #expect(Set(PinnedSetting.all.map { $0.name.lowercased() }).count == PinnedSetting.all.count)
    }

    @Test func theUsersOwnOptionsComeFirst() throws {
        let options = try #require(ConnectionString(["options": "-c work_mem=64MB"]).fixed(as: "test")["options"])
        #expect(options.hasPrefix("-c work_mem=64MB -c "))
        #expect(options.contains(" -c default_transaction_isolation=read\\ committed "))
        #expect(!options.contains("idle_session_timeout"))
    }
}
