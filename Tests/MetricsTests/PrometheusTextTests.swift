import Metrics
import Testing

@Suite struct PrometheusTextTests {
    @Test func familiesWithHelpTypeAndLabels() {
        var tables = MetricFamily("scry_tables", .gauge, "Tables, by state.")
        tables.add(3, ["state": "ready"])
        tables.add(0, ["state": "pending", "slot": "s"])
        let text = PrometheusText.render([
            MetricFamily("scry_up", .gauge, "Whether the engine runs.", 1), tables,
            MetricFamily("scry_rows_total", .counter, "Rows.", 1.5),
        ])
        #expect(
            text == """
                # HELP scry_up Whether the engine runs.
                # TYPE scry_up gauge
                scry_up 1
                # HELP scry_tables Tables, by state.
                # TYPE scry_tables gauge
                scry_tables{state="ready"} 3
                scry_tables{state="pending",slot="s"} 0
                # HELP scry_rows_total Rows.
                # TYPE scry_rows_total counter
                scry_rows_total 1.5

                """)
    }

    @Test func whatIsNotKnownIsAbsent() {
        #expect(PrometheusText.render([MetricFamily("a", .gauge, "A.", nil)]) == "")
    }

    @Test func textIsEscaped() {
        var family = MetricFamily("a", .gauge, "A \\ and a\nline, \"quoted\".")
        family.add(1, ["name": "b\\c\"d\ne"])
        #expect(
            PrometheusText.render([family]) == """
                # HELP a A \\\\ and a\\nline, "quoted".
                # TYPE a gauge
                a{name="b\\\\c\\"d\\ne"} 1

                """)
    }

    @Test(arguments: [
        (0, "0"), (-3, "-3"), (1e15, "1000000000000000"), (0.25, "0.25"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
        (.nan, "NaN"), (1e300, "1e+300"),
    ])
    func numbers(_ value: Double, _ text: String) {
        #expect(PrometheusText.render([MetricFamily("a", .gauge, "A.", value)]).hasSuffix("\na \(text)\n"))
    }
}
