using System.Text.Json.Nodes;
using Splitrail.Models;

namespace Splitrail.Tests.Suite.Models;

/// <summary>Versions in a models folder, as a trainer leaves them.</summary>
internal static class ModelFolder
{
    /// <summary>A version that nobody loads: the registry looks at manifest and files only.</summary>
    public static void Publish(
        string models, string version, IReadOnlyDictionary<string, double>? metrics = null, IReadOnlyList<string>? types = null, string? family = null, string featureSet = "test-1")
    {
        Directory.CreateDirectory(models);
        using var draft = new ModelStore(models).Draft(version);
        File.WriteAllText(Path.Combine(draft.Folder, "items.bin"), $"items of {version}");
        File.WriteAllText(Path.Combine(draft.Folder, "ranker.onnx"), $"ranker of {version}");
        draft.Commit(new ModelManifest(
            version, DateTimeOffset.UnixEpoch, "shop", "fingerprint", featureSet, 1, 1, 1, [], metrics ?? new Dictionary<string, double>(), new Dictionary<string, double> { ["factors"] = 64 }, types, family));
    }

    /// <summary>Another version of the same content: its own name, so a family of its own.</summary>
    public static void Copy(string models, string version, string copy)
    {
        var store = new ModelStore(models);
        using var draft = store.Draft(copy);
        foreach (var file in store.ReadManifest(version).Files)
            File.Copy(Path.Combine(models, version, file.Name), Path.Combine(draft.Folder, file.Name));
        draft.Commit(store.ReadManifest(version));
    }

    public static void Damage(string models, string version, string file)
    {
        var path = Path.Combine(models, version, file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    public static string Active(string models) => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(models, ModelStore.ActiveName)))!["version"]!;
}
