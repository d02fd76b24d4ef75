using System.Text.Json;

namespace Splitrail.Retrieval.Embeddings;

/// <summary>
/// Reads embeddings that another program made: JSON lines <c>{"item_id": "a", "vector": [0.1, …]}</c>, or NumPy's <c>.npy</c> (items x width, floats of
/// 2, 4 or 8 bytes) with the ids in a text file beside it, one a line.
/// </summary>
public static class EmbeddingImport
{
    /// <param name="path">Ends in .jsonl or .npy.</param>
    /// <param name="idsPath">Ids of a .npy; null looks for the same name with .ids instead of .npy.</param>
    /// <exception cref="EmbeddingException">The file is missing, cut or wrong; the message says where.</exception>
    public static EmbeddingSet Read(string path, string? idsPath = null)
    {
        if (!File.Exists(path))
            throw new EmbeddingException($"The embeddings '{path}' are not there.");
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jsonl" => ReadLines(path),
            ".npy" => ReadNpy(path, idsPath ?? Path.ChangeExtension(path, ".ids")),
            var other => throw new EmbeddingException($"'{path}' ends in '{other}': .jsonl and .npy can be read."),
        };
    }

    private static EmbeddingSet ReadLines(string path)
    {
        var builder = new EmbeddingBuilder();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var place = $"'{path}', line {number}";
            var (id, vector) = Parse(place, line);
            builder.Add(place, id, vector);
        }

        return builder.Build(path);
    }

    private static (string Id, float[] Vector) Parse(string place, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("item_id", out var id) || id.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("vector", out var vector) || vector.ValueKind != JsonValueKind.Array
                || vector.EnumerateArray().Any(static value => value.ValueKind != JsonValueKind.Number))
                throw new EmbeddingException($"{place} is not {{\"item_id\": \"…\", \"vector\": [numbers]}}.");
            return (id.GetString()!, [.. vector.EnumerateArray().Select(static value => value.GetSingle())]);
        }
        catch (JsonException broken)
        {
            throw new EmbeddingException($"{place} is not JSON: {broken.Message}", broken);
        }
    }

    private static EmbeddingSet ReadNpy(string path, string idsPath)
    {
        if (!File.Exists(idsPath))
            throw new EmbeddingException($"The ids of '{path}' are not there: '{idsPath}', one id a line.");
        var ids = File.ReadAllLines(idsPath);
        using var matrix = NpyMatrix.Open(path);
        if (matrix.Rows != ids.Length)
            throw new EmbeddingException($"'{path}' has {matrix.Rows} vectors, '{idsPath}' {ids.Length} ids.");
        var builder = new EmbeddingBuilder();
        for (var row = 0; row < ids.Length; row++)
            builder.Add($"'{path}', row {row + 1}", ids[row].Trim(), matrix.ReadRow());
        return builder.Build(path);
    }
}
