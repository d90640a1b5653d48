internal import Libpq
internal import Postgres
internal import Scripts

extension DescribeCommand {
    /// What lies in schemas beside relations.
    static let objectCommands: [DescribeCommand] = []
}
