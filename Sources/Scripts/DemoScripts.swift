internal import CScripts

// sql/demo
extension Script {
    public static let demoData = unsafe Script(sql_demo_data)
    public static let demoKeys = unsafe Script(sql_demo_keys)
    public static let demoSchema = unsafe Script(sql_demo_schema)
    public static let demoTraffic = unsafe Script(sql_demo_traffic)
}
