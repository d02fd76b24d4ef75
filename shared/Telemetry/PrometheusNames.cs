using System.Diagnostics.Metrics;

namespace Splitrail.Telemetry;

/// <summary>OpenTelemetry names to Prometheus names: dots to underscores, unit and _total as suffixes.</summary>
internal static class PrometheusNames
{
    public const string Counter = "counter";
    public const string Total = "_total";

    public static string Metric(Instrument instrument)
    {
        var name = Label(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal))
            name += unit;
        return IsCounter(instrument) && !name.EndsWith(Total, StringComparison.Ordinal) ? name + Total : name;
    }

    public static string Label(string name) => string.Create(name.Length, name, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
    });

    public static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Kind(Instrument instrument, bool histogram) => histogram ? "histogram" : IsCounter(instrument) ? Counter : "gauge";

    private static bool IsCounter(Instrument instrument)
    {
        var type = instrument.GetType();
        if (!type.IsGenericType)
            return false;
        var open = type.GetGenericTypeDefinition();
        return open == typeof(Counter<>) || open == typeof(ObservableCounter<>);
    }
}
