internal import Catalog
internal import Subscriber

/// The differences of the shadow's schema that a job means: objects that it has set aside while it follows, and those
/// that it leaves out.
struct MeantDifferences {
    let setAside: [SetAside]
    /// The columns that are GENERATED ALWAYS on the source, and BY DEFAULT in the shadow so that the job can write them. Since
    /// 17 a partition's column is what that of the topmost table is, which then stands for all.
    let identityColumns: Set<CatalogObject.Identity>
    /// The shadow's role may not keep triggers from firing, so that there must be none.
    let leavesTriggersOut: Bool

    /// Without a job no difference is meant.
    static let none = MeantDifferences(setAside: [], identityColumns: [], leavesTriggersOut: false)

    /// Why a difference is meant; nil where it is not.
    func reason(for difference: SchemaDifference) -> String? {
        if let noted = note(for: difference) { return noted.reason }
        switch difference.change {
        case .differs("version") where difference.identity.type == "extension":
            return "an extension's version is the server's"
        case .differs("identity"):
            guard identityColumns.contains(difference.origins.last ?? difference.identity),
                difference.source == "always", difference.shadow == "by default"
            else { return nil }
            return "the job writes the source's values; \\backfill reset makes it GENERATED ALWAYS"
        case .missing where leavesTriggersOut && Self.acts(difference):
            return "it would act on the job's writes: the shadow's role may not set session_replication_role"
        default:
            return nil
        }
    }

    private func note(for difference: SchemaDifference) -> SetAside? {
        setAside.first { note in
            guard note.aspect == Self.aspect(of: difference) else { return false }
            let noted = note.object
            if noted == difference.identity || difference.origins.contains(noted) { return true }
            switch difference.change {
            // A key and its index are the same thing.
            case .missing: return difference.identity.type == "table constraint" && difference.parts.contains(noted)
            case .differs("default"):
                return noted == CatalogObject.Identity("default value", "for \(difference.identity.name)")
            default: return false
            }
        }
    }

    private static func aspect(of difference: SchemaDifference) -> SetAside.Aspect? {
        switch (difference.change, difference.shadow) {
        case (.missing, _): .missing
        case (.differs("default"), nil): .missing
        case (.differs("validity"), "not valid"?): .notValid
        case (.differs("enabled"), "disabled"?): .disabled
        case (.differs("null"), "nullable"?): .nullable
        case (.differs("forced row security"), "not forced"?): .notForced
        default: nil
        }
    }

    /// Code that PostgreSQL runs by itself when rows are written (`SchemaCopy` leaves it out).
    private static func acts(_ difference: SchemaDifference) -> Bool {
        difference.isForeignKey || ["trigger", "rule"].contains(difference.identity.type)
    }
}
