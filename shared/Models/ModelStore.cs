using System.Security.Cryptography;
using System.Text.Json;

namespace Splitrail.Models;

/// <summary>
/// The folder of models: one folder per version, and <c>active.json</c> which names the one in production. A version appears by one rename, so
/// a reader sees all of it or nothing; every file is verified against the manifest before it is used.
/// </summary>
public sealed class ModelStore(string folder)
{
    public const string ManifestName = "manifest.json";
    public const string ActiveName = "active.json";
    internal const string DraftPrefix = ".draft-";
    private const string TrashPrefix = ".trash-";

    /// <summary>The ranker inside a version's folder; missing when the data were too few to learn one.</summary>
    public const string RankerName = "ranker.onnx";

    /// <summary>The same ranker with 8-bit weights; see <see cref="RankerCard.Int8Gate"/> for whether it may be served.</summary>
    public const string QuantisedRankerName = "ranker-int8.onnx";

    /// <summary>See <see cref="DriftReference"/>.</summary>
    public const string DriftName = "drift.json";

    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Versions that are there, in ordinal order.</summary>
    public IReadOnlyList<string> Versions() => !Directory.Exists(Folder)
        ? []
        : [.. Directory.EnumerateDirectories(Folder)
            .Where(version => File.Exists(Path.Combine(version, ManifestName)))
            .Select(version => Path.GetFileName(version)!)
            .Where(version => !version.StartsWith('.'))
            .Order(StringComparer.Ordinal)];

    /// <summary>Starts a new version; files are written into <see cref="ModelDraft.Folder"/> and <see cref="ModelDraft.Commit"/> makes it visible.</summary>
    public ModelDraft Draft(string version)
    {
        Check(version);
        if (Directory.Exists(Path.Combine(Folder, version)))
            throw new ModelException($"Model '{version}' is already in '{Folder}'.");
        return new ModelDraft(this, version);
    }

    /// <summary>The version in production, null when none was activated yet.</summary>
    public string? ActiveVersion()
    {
        var path = Path.Combine(Folder, ActiveName);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelJson.Default.ActiveModel)?.Version;
        }
        catch (JsonException broken)
        {
            throw new ModelException($"'{path}' is not {{\"version\": \"...\"}}.", broken);
        }
    }

    /// <summary>Puts a version into production, or back: one atomic replacement of <c>active.json</c>.</summary>
    public void Activate(string version)
    {
        ReadManifest(version);
        var path = Path.Combine(Folder, ActiveName);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(new ActiveModel(version), ModelJson.Default.ActiveModel));
        File.Move(temporary, path, overwrite: true);
    }

    /// <exception cref="ModelException">The version is missing or its manifest cannot be read.</exception>
    public ModelManifest ReadManifest(string version)
    {
        Check(version);
        var path = Path.Combine(Folder, version, ManifestName);
        if (!File.Exists(path))
            throw new ModelException($"Model '{version}' is not in '{Folder}'. There are {Versions().Count}: {string.Join(", ", Versions())}.");
        ModelManifest manifest;
        try
        {
            manifest = ModelManifest.Read(File.ReadAllText(path));
        }
        catch (ModelException broken)
        {
            throw new ModelException($"'{path}' is not a model manifest: {broken.Message}", broken);
        }

        if (manifest.Version != version)
            throw new ModelException($"'{path}' is the manifest of '{manifest.Version}': the folder has another name.");
        // A name with a path in it would have files read that are no part of the model.
        return manifest.Files.FirstOrDefault(static file => file.Name is "" or "." or ".." || file.Name.AsSpan().ContainsAny('/', '\\')) is { } outside
            ? throw new ModelException($"'{path}' names the file '{outside.Name}', which is not in its folder.")
            : manifest;
    }

    /// <summary>The manifest as it stands, members of other releases included.</summary>
    /// <exception cref="ModelException">As <see cref="ReadManifest"/>.</exception>
    public string ReadManifestText(string version)
    {
        ReadManifest(version);
        return File.ReadAllText(Path.Combine(Folder, version, ManifestName));
    }

    /// <summary>Whether the folder of a version is there at all.</summary>
    public bool Has(string version) => IsVersion(version) && File.Exists(Path.Combine(Folder, version, ManifestName));

    /// <summary>Reads every file of a version and compares it with the manifest.</summary>
    /// <exception cref="ModelException">A file is missing or damaged.</exception>
    public ModelManifest Verify(string version) => ReadVerified(version, static _ => true);

    /// <summary>Takes a version away: gone under its name at once, its files after that.</summary>
    public void Delete(string version)
    {
        Check(version);
        var path = Path.Combine(Folder, version);
        if (!Directory.Exists(path))
            return;
        var trash = Path.Combine(Folder, $"{TrashPrefix}{version}-{Guid.NewGuid():N}");
        Directory.Move(path, trash);
        Directory.Delete(trash, recursive: true);
    }

    /// <summary>Removes what a publish or a deletion left behind that was killed, when nobody has touched it for some time.</summary>
    /// <param name="before">Drafts written to since then may still become versions.</param>
    /// <returns>How many folders.</returns>
    public int Sweep(DateTimeOffset before)
    {
        if (!Directory.Exists(Folder))
            return 0;
        var left = Directory.EnumerateDirectories(Folder, ".*")
            .Where(path => Path.GetFileName(path) is { } name && (name.StartsWith(TrashPrefix, StringComparison.Ordinal)
                || (name.StartsWith(DraftPrefix, StringComparison.Ordinal) && LastWrite(path) < before.UtcDateTime)))
            .ToArray();
        foreach (var path in left)
            Directory.Delete(path, recursive: true);
        return left.Length;
    }

    private static DateTime LastWrite(string folder) =>
        Directory.EnumerateFiles(folder).Select(File.GetLastWriteTimeUtc).Append(Directory.GetLastWriteTimeUtc(folder)).Max();

    /// <summary>Loads all of a version after verifying every file of it.</summary>
    /// <exception cref="ModelException">A file is missing, damaged or not of this format.</exception>
    public ModelBundle Load(string version)
    {
        var manifest = ReadVerified(version, _ => true);
        var at = Path.Combine(Folder, version);
        return new ModelBundle(manifest, at, RetrievalFiles.Read(at));
    }

    /// <summary>Loads what ranking needs; the large retrieval files are neither verified nor read.</summary>
    /// <exception cref="ModelException">A file is missing, damaged or not of this format.</exception>
    public RankingBundle LoadForRanking(string version)
    {
        var manifest = ReadVerified(version, name => name is not (RetrievalFiles.EaseName or RetrievalFiles.AlsIndexName or RetrievalFiles.ContentName or RetrievalFiles.ItemKnnName or RetrievalFiles.BayesianName));
        var at = Path.Combine(Folder, version);
        return new RankingBundle(manifest, at, RetrievalFiles.ReadItems(at), RetrievalFiles.ReadStatistics(at), RetrievalFiles.ReadAlsIfAny(at));
    }

    internal static ModelFile Describe(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        return new ModelFile(Path.GetFileName(path), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private ModelManifest ReadVerified(string version, Func<string, bool> needed)
    {
        var manifest = ReadManifest(version);
        foreach (var expected in manifest.Files.Where(file => needed(file.Name)))
        {
            var path = Path.Combine(Folder, version, expected.Name);
            if (!File.Exists(path))
                throw new ModelException($"Model '{version}' has lost its file '{expected.Name}' (expected at '{path}').");
            var found = Describe(path);
            if (found != expected)
                throw new ModelException($"File '{path}' is damaged: {found.Bytes} bytes with SHA-256 {found.Sha256}, the manifest says {expected.Bytes} bytes with {expected.Sha256}.");
        }

        return manifest;
    }

    public static bool IsVersion(string version) => version.Length is > 0 and <= 100 && !version.StartsWith('.') && !version.AsSpan().ContainsAnyExcept(VersionCharacters);

    private static void Check(string version)
    {
        if (!IsVersion(version))
            throw new ModelException($"'{version}' is not a model version: letters, digits, '.', '-' and '_', at most 100.");
    }

    private static readonly System.Buffers.SearchValues<char> VersionCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");
}
