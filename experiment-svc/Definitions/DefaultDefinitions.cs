namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>The definitions a new shop starts with: one experiment in which both arms get the full pipeline, one of them with some items that are new to the shop.</summary>
public static class DefaultDefinitions
{
    private static readonly Lazy<byte[]> s_json = new(Read);

    /// <summary>The file's content, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Json => s_json.Value;

    /// <summary>Puts the file there for its owner to edit; one that is there stays as it is.</summary>
    public static void WriteIfMissing(string path)
    {
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(temporary, s_json.Value);
        File.Move(temporary, path, overwrite: false);
    }

    private static byte[] Read()
    {
        using var stream = typeof(DefaultDefinitions).Assembly.GetManifestResourceStream("default-experiments.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
