using System.Collections.Frozen;
using Splitrail.Trainer.Import.Formats;

namespace Splitrail.Trainer.Import;

/// <summary>The formats by name.</summary>
internal static class ImportFormats
{
    private static readonly FrozenDictionary<string, IImportFormat> ByName = ((IImportFormat[])
    [
        new OnlineRetailFormat(),
        new MovieLensFormat(),
        new BookCrossingFormat(),
        new RetailRocketFormat(),
        new MappedCsvFormat(),
        new JsonLinesFormat(),
    ]).ToFrozenDictionary(format => format.Name, StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="InputException">The name is unknown.</exception>
    public static IImportFormat Get(string name) =>
        ByName.GetValueOrDefault(name) ?? throw new InputException($"--format {name} is unknown; known are {string.Join(", ", Names)}");
}
