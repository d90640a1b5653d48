internal import Catalog
internal import Publisher

/// How a setting of the server is changed: by SQL, or where a service runs the server, by the service's own names.
struct SettingAdvice {
    let hint: String
    /// Nil where SQL cannot do it.
    let fix: Preflight.Fix?

    /// - Parameter restarts: the setting takes effect only when the server starts; else when it reads its configuration.
    init(_ setting: String, _ value: String, _ service: ManagedService?, restarts: Bool = true) {
        if let service {
            hint = service.advice(setting: setting, value: value, restarts: restarts)
            fix = nil
            return
        }
        let change = SourceFix.setting(setting, value: value)
        hint =
            restarts
            ? "Run the statement as a superuser and restart the server." : "Run the statements as a superuser."
        fix = Preflight.Fix(restarts ? [change] : [change, .reload], needsRestart: restarts)
    }
}
