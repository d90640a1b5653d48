/// A number of bytes as people read it, by the rules of `pg_size_pretty` (dbsize.c): a unit from ten of it on, rounded.
public func byteText(_ bytes: Int) -> String {
    var number = bytes
    var units = ["bytes", "kB", "MB", "GB", "TB", "PB"][...]
    while abs(number) >= 10 * 1024, units.count > 1 {
        number = (number + (number < 0 ? -512 : 512)) / 1024
        units.removeFirst()
    }
    return "\(number) \(units[units.startIndex])"
}
