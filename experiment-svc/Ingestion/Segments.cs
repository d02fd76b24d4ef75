using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>A person's values of all dimensions as the text they are kept in: in the order of <see cref="DimensionTable.All"/>, parted by '|', with nothing where a value is not known: there is a row per person.</summary>
internal static class Segments
{
    private const string Nowhere = "||";

    /// <summary>Of those that an exposure tells; empty when it tells none.</summary>
    public static string Of(ExposureContext? context) => context is null
        ? ""
        : $"{Kept(DimensionTable.Device, context.Device)}|{Kept(DimensionTable.Page, context.Page)}|{Kept(DimensionTable.Country, context.Country)}";

    /// <param name="first">The first exposure.</param>
    /// <param name="isReturning">He had events before it.</param>
    public static string Of(UnitExposure first, bool isReturning) =>
        $"{(first.Context.Length == 0 ? Nowhere : first.Context)}|{(isReturning ? DimensionTable.Returning : DimensionTable.New)}|{(UnitKey.IsSession(first.Unit) ? DimensionTable.Guest : DimensionTable.Known)}";

    /// <summary>Dimensions with their values; none for who was counted before there were any.</summary>
    public static IEnumerable<(string Dimension, string Value)> Read(string text)
    {
        if (text.Length == 0)
            yield break;
        var values = text.Split('|');
        for (var i = 0; i < Math.Min(values.Length, DimensionTable.All.Count); i++)
            yield return (DimensionTable.All[i].Name, values[i].Length == 0 ? DimensionTable.Unknown : values[i]);
    }

    private static string Kept(Dimension dimension, string? sent) => dimension.ValueOf(sent) is var value && value == DimensionTable.Unknown ? "" : value;
}
