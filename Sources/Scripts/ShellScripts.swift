internal import CScripts

// sql/shell
extension Script {
    public static let shellClientEncoding = unsafe Script(sql_shell_client_encoding)
}
