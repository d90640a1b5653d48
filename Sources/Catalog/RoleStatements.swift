internal import Postgres

/// The statement that lets a role use replication: where a service gives nobody the attribute, it has a role for it.
///
/// - Parameter service: the service that runs the server; nil where none does.
public func replicationGrant(to role: String, on service: ManagedService?) -> String {
    if let group = service?.replicationRole { return "GRANT \(quoteIdentifier(group)) TO \(quoteIdentifier(role));" }
    return "ALTER ROLE \(quoteIdentifier(role)) REPLICATION;"
}
