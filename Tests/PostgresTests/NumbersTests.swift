import Postgres
import Testing

@Suite struct NumbersTests {
    @Test func splitsAVersion() {
        #expect(ServerVersion(150_018).major == 15)
        #expect(ServerVersion(150_018).description == "15.18")
        #expect(ServerVersion(100_000).description == "10.0")
        #expect(ServerVersion(110_022) < ServerVersion(180_000))
    }

    @Test(arguments: [
        ("d", ReplicaIdentity.default, "default"), ("n", .nothing, "nothing"), ("f", .full, "full"),
        ("i", .index, "index"),
    ])
    func readsAReplicaIdentity(_ letter: String, _ identity: ReplicaIdentity, _ name: String) {
        #expect(ReplicaIdentity(letter) == identity)
        #expect(identity.name == name)
    }

    @Test(arguments: ["", "x", "dd", "D"]) func refusesAnotherReplicaIdentity(_ letter: String) {
        #expect(ReplicaIdentity(letter) == nil)
    }
}
