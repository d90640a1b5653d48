/// Which server plain SQL, `\d` and `\copy` go to.
public enum Target: String, CaseIterable, Sendable {
    case source, shadow
}
