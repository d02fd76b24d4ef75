using System.IO.Compression;
using Splitrail.Contracts;

namespace Splitrail.Benchmarks.Search;

/// <summary>The titles of the public Online Retail data, when they lie in a folder <c>shared/data</c> above this one; each with its most frequent writing.</summary>
internal static class OnlineRetailTitles
{
    public static CatalogItem[]? Find()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "online-retail", "online-retail.csv.gz");
            if (File.Exists(path))
                return Read(path);
        }

        return null;
    }

    private static CatalogItem[] Read(string path)
    {
        var titles = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            if (Fields(line) is not [_, { Length: >= 5 } code, { Length: > 5 } title, ..] || !char.IsAsciiDigit(code[0]) || !title.Any(char.IsUpper))
                continue;
            if (!titles.TryGetValue(code, out var writings))
                titles.Add(code, writings = new(StringComparer.Ordinal));
            writings[title] = writings.GetValueOrDefault(title) + 1;
        }

        return [.. titles.OrderBy(static item => item.Key, StringComparer.Ordinal)
            .Select(static item => new CatalogItem(item.Key, item.Value.MaxBy(static writing => writing.Value).Key, "", null, null))];
    }

    /// <summary>Of one line of CSV; a field in quotes may hold commas.</summary>
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var (field, quoted) = (new System.Text.StringBuilder(), false);
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter == ',' && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(letter);
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }
}
