using Splitrail.Policies;
using Splitrail.Trainer.Import.Formats;

namespace Splitrail.Trainer.Import;

/// <summary>The formats by name.</summary>
internal static class ImportFormats
{
    private static readonly PolicyTable<IImportFormat> Table = new("format",
    [
        new OnlineRetailFormat(),
        new MovieLensFormat(),
        new BookCrossingFormat(),
        new RetailRocketFormat(),
        new MappedCsvFormat(),
        new JsonLinesFormat(),
    ]);

    public static IReadOnlyList<string> Names => Table.Names;

    /// <exception cref="InputException">The name is unknown.</exception>
    public static IImportFormat Get(string name) =>
        Table.Find(name) ?? throw new InputException($"--format {name} is unknown; known are {string.Join(", ", Names)}");
}
