import Catalog
import Postgres
import Testing

@testable import Subscriber

/// What becomes of the shadow's sequences, case by case.
@Suite struct SequencePlanTests {
    private typealias Use = SequenceDefinition.Use

    private static func name(_ text: String) -> QualifiedName {
        let parts = text.split(separator: ".").map(String.init)
        return QualifiedName(schema: parts[0], name: parts[1])
    }

    /// `app.s of t.id owned` and the like; the numbers are the place among several.
    private static func sequence(
        _ name: String, _ uses: [(String, Use.Kind, Int)] = [], maximum: Int = .max, type: String = "bigint"
    ) -> SequenceDefinition {
        var sequence = SequenceDefinition(name: Self.name(name), type: type, maximum: maximum)
        for (column, kind, place) in uses {
            sequence.uses[Use(table: QualifiedName(schema: "app", name: "t"), column: column, kind: kind)] = place
        }
        return sequence
    }

    private static func plan(
        _ source: [SequenceDefinition], _ shadow: [SequenceDefinition], creates: Bool = true
    ) -> SequencePlan {
        SequencePlan(source.map { SequenceState($0, lastValue: 5, isCalled: true) }, shadow: shadow, creates: creates)
    }

    @Test func whatIsAlikeIsOnlySet() {
        let sequence = Self.sequence("app.s", [("id", .owned, 1)])
        let plan = Self.plan([sequence], [sequence])
        #expect(plan.makeWay.isEmpty && plan.steps.map(\.statements) == [[]] && !plan.steps[0].isMissing)
    }

    @Test func anotherDefinitionIsAppliedInOneStatement() {
        let plan = Self.plan(
            [Self.sequence("app.s", [("id", .owned, 1)], maximum: 9_000_000_000)],
            [Self.sequence("app.s", [("id", .owned, 4)], maximum: 32767, type: "smallint")])
        #expect(
            plan.steps.map(\.statements) == [
                [
                    "ALTER SEQUENCE \"app\".\"s\" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9000000000 START WITH 1 "
                        + "RESTART WITH 5 CACHE 1 NO CYCLE"
                ]
            ])
    }

    @Test func aRenamedOneIsFoundByItsUse() {
        for kind in Use.Kind.allCases {
            let plan = Self.plan(
                [Self.sequence("seqs.new", [("id", kind, 1)])], [Self.sequence("app.old", [("id", kind, 9)])])
            #expect(
                plan.steps.map(\.statements) == [
                    [
                        "ALTER SEQUENCE \"app\".\"old\" RENAME TO \"new\"",
                        "ALTER SEQUENCE \"app\".\"new\" SET SCHEMA \"seqs\"",
                    ]
                ], "\(kind)")
        }
    }

    @Test func ofSeveralTheFirstLeftIsTheFirst() {
        let shadow = [
            Self.sequence("app.a", [("id", .default, 1)]), Self.sequence("app.b", [("id", .default, 2)]),
            Self.sequence("app.c", [("id", .default, 3)]),
        ]
        // b has kept its name.
        let source = [
            Self.sequence("app.b", [("id", .default, 20)]), Self.sequence("app.x", [("id", .default, 10)]),
            Self.sequence("app.z", [("id", .default, 30)]), Self.sequence("app.more", [("id", .default, 40)]),
        ]
        let steps = Self.plan(source, shadow).steps
        #expect(steps[0].statements == [])
        #expect(steps[1].statements == ["ALTER SEQUENCE \"app\".\"a\" RENAME TO \"x\""])
        #expect(steps[2].statements == ["ALTER SEQUENCE \"app\".\"c\" RENAME TO \"z\""])
        #expect(steps[3].statements.first?.hasPrefix("CREATE SEQUENCE \"app\".\"more\" AS bigint") == true)
    }

    /// Two that have swapped their names.
    @Test func namesInEachOthersWayAreGivenUpFirst() {
        let plan = Self.plan(
            [Self.sequence("app.a", [("y", .owned, 1)]), Self.sequence("app.b", [("x", .owned, 1)])],
            [Self.sequence("app.a", [("x", .owned, 1)]), Self.sequence("app.b", [("y", .owned, 1)])])
        #expect(
            plan.makeWay == [
                "ALTER SEQUENCE \"app\".\"b\" RENAME TO \"scry_backfill_1\"",
                "ALTER SEQUENCE \"app\".\"a\" RENAME TO \"scry_backfill_2\"",
            ])
        #expect(
            plan.steps.map(\.statements) == [
                ["ALTER SEQUENCE \"app\".\"scry_backfill_1\" RENAME TO \"a\""],
                ["ALTER SEQUENCE \"app\".\"scry_backfill_2\" RENAME TO \"b\""],
            ])
    }

    /// One that is used in another way than before, or found by its text alone.
    @Test func theNameDecidesLast() {
        let plan = Self.plan(
            [Self.sequence("app.s", [("id", .default, 1)])], [Self.sequence("app.s")])
        #expect(plan.steps.map(\.statements) == [[]])
    }

    @Test func whatTheShadowLacksIsCreated() {
        let plan = Self.plan([Self.sequence("app.s", [("id", .owned, 1)], maximum: 7)], [])
        #expect(
            plan.steps.map(\.statements) == [
                [
                    "CREATE SEQUENCE \"app\".\"s\" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 7 START WITH 1 CACHE 1 NO CYCLE",
                    "ALTER SEQUENCE \"app\".\"s\" OWNED BY \"app\".\"t\".\"id\"",
                ]
            ])
        #expect(Self.plan([Self.sequence("app.s", [("id", .owned, 1)])], [], creates: false).steps[0].isMissing)
        #expect(Self.plan([Self.sequence("app.s", [("id", .identity, 1)])], []).steps[0].isMissing)
    }
}
