import Libpq
import LocalCluster
import Testing
import Waiting

@testable import Shell

/// The printers beside the installed psql, on results that have every kind of trouble.
@Suite(.blocking) struct PrintTableTests {
    static let queries = [
        "SELECT 1 AS one, 'two' AS two, NULL AS three, true AS four",
        "SELECT",
        "SELECT 1 AS a WHERE false",
        "SELECT FROM generate_series(1, 3)",
        "SELECT 'a' AS \"only\"",
        "SELECT g AS id, repeat('ab', g) AS text, g * 1234567.5 AS number, NULL::int AS nothing FROM generate_series(1, 12) g",
        "SELECT E'line one\\nline two' AS \"Head\\nline\", 2 AS n, E'\\n' AS empty_lines, E'x\\ny\\nz' AS three".headed,
        "SELECT E'a\\tb' AS tab, E'c\\rd' AS cr, E'\\x01\\x7f' AS control, U&'\\0085\\00a0' AS c1",
        "SELECT '日本語' AS wide, 'e' || U&'\\0301' AS combining, 'äöü€' AS \"größe\", U&'\\FFFE\\FFFFx\\+01FFFEy' AS nonchar, '🙂' AS emoji",
        "SELECT E'日本\\n語' AS \"見出\n二行\", repeat('漢', 20) AS wide_long, 7 AS n",
        "SELECT '  leading' AS a, 'a|b' AS b, 'say \"hi\"' AS c, E'back\\\\slash' AS d, '<&>' AS e, '' AS f, ' ' AS g",
        "SELECT '#$%&\\^_{|}~' AS \"tex_#\", '\\.' AS dot, 'a,b;c' AS comma",
        "SELECT 1::int2 a, 2::int4 b, 3::int8 c, 4::float4 d, 5::float8 e, 6::numeric f, 7::oid g, '8'::xid h, '9'::xid8 i, '10'::cid j, '11'::money k, '12'::text l, -1234567.891 m, 'NaN'::numeric n, 1e20::float8 o",
        "SELECT 'the quick brown fox jumps over the lazy dog' AS sentence, repeat('wrap ', 30) AS long, g FROM generate_series(1, 2) g",
        "SELECT NULL AS \"a quite long heading that is wider than the screen\", repeat('x', 50) AS x",
    ]

    struct Setting: Sendable {
        var commands: String
        var apply: @Sendable (inout PrintOptions) -> Void
    }

    /// Each format with the settings that it uses.
    static var settings: [Setting] {
        var all: [Setting] = []
        let formats: [PrintOptions.Format] = [
            .aligned, .wrapped, .unaligned, .csv, .html, .asciidoc, .latex, .latexLongtable, .troffMs,
        ]
        for format in formats {
            for border in 0...3 {
                for expanded in [PrintOptions.Expanded.off, .on, .auto] {
                    for tuplesOnly in [false, true] {
                        all.append(
                            Setting(
                                commands: "\\pset format \(format.rawValue)\n\\pset border \(border)\n"
                                    + "\\pset expanded \(expanded.rawValue)\n\\pset tuples_only \(tuplesOnly ? "on" : "off")\n"
                            ) {
                                $0.format = format
                                $0.border = border
                                $0.expanded = expanded
                                $0.tuplesOnly = tuplesOnly
                            })
                    }
                }
            }
        }
        return all
    }

    static let extras: [Setting] = [
        Setting(commands: "") { _ in },
        Setting(commands: "\\pset linestyle old-ascii\n\\pset columns 40\n") {
            $0.lineStyle = .oldAscii
            $0.columns = 40
        },
        Setting(commands: "\\pset linestyle unicode\n\\pset columns 40\n\\pset null '∅ null'\n") {
            $0.lineStyle = .unicode()
            $0.columns = 40
            $0.null = "∅ null"
        },
        Setting(
            commands:
                "\\pset linestyle unicode\n\\pset unicode_border_linestyle double\n\\pset unicode_header_linestyle double\n"
                + "\\pset title 'A title: größer'\n\\pset footer off\n\\pset tableattr '0.3 0.4'\n\\pset columns 25\n"
        ) {
            $0.lineStyle = .unicode()
            $0.unicodeBorder = .double
            $0.unicodeHeader = .double
            $0.title = "A title: größer"
            $0.defaultFooter = false
            $0.tableAttributes = "0.3 0.4"
            $0.columns = 25
        },
        Setting(
            commands: "\\pset fieldsep ' :: '\n\\pset recordsep '\\n--\\n'\n\\pset csv_fieldsep ';'\n"
                + "\\pset unicode_column_linestyle double\n\\pset linestyle unicode\n\\pset numericlocale on\n"
        ) {
            $0.fieldSeparator = .text(" :: ")
            $0.recordSeparator = .text("\n--\n")
            $0.csvFieldSeparator = UInt8(ascii: ";")
            $0.lineStyle = .unicode()
            $0.unicodeColumn = .double
            $0.numericLocale = NumericLocale(decimalPoint: ".", thousandsSeparator: ",", groupDigits: 3)
        },
        Setting(commands: "\\pset fieldsep_zero\n\\pset recordsep_zero\n\\pset csv_fieldsep '.'\n\\pset null NULL\n") {
            $0.fieldSeparator = .zeroByte
            $0.recordSeparator = .zeroByte
            $0.csvFieldSeparator = UInt8(ascii: ".")
            $0.null = "NULL"
        },
    ]

    @Test(.enabled(if: Psql.isYardstick), arguments: extras.indices) func sameBytesAsPsql(extra: Int) throws {
        let database = try SharedCluster.database()
        let connection = try database.connect()
        let results = try Self.queries.map { try connection.query($0) }
        let matrix = Self.settings
        let set = Self.extras[extra]
        var scripts: [String] = []
        for setting in matrix {
            for query in Self.queries { scripts.append(set.commands + setting.commands + query + ";") }
        }
        let expected = try Psql(database).output(of: scripts)
        try #require(expected.count == scripts.count)
        var differing = 0
        for (index, script) in scripts.enumerated() where differing < 5 {
            var options = PrintOptions()
            set.apply(&options)
            matrix[index / Self.queries.count].apply(&options)
            let sink = MemorySink()
            printTable(QueryTable(results[index % Self.queries.count]), options: options, to: sink)
            if sink.text != expected[index] { differing += 1 }
            #expect(sink.text == expected[index], "\(script)")
        }
    }
}

extension String {
    /// A newline in a heading, which a query cannot spell as an escape.
    fileprivate var headed: String { replacing("Head\\nline", with: "Head\nline") }
}
