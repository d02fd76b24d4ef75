using Splitrail.Trainer.Import.Tables;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Import;

/// <summary>Where the data lie: one file, or a folder of files.</summary>
internal sealed class ImportSource
{
    private readonly string _path;
    private readonly string _folder;

    /// <exception cref="InputException">Nothing is there.</exception>
    public ImportSource(string path, IReadOnlyDictionary<string, string> map, IWorkLog log)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) throw new InputException($"--data {path}: there is no such file or folder");
        (_path, Map, Log) = (path, map, log);
        _folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
    }

    public IWorkLog Log { get; }

    /// <summary>Field to column, from <c>--map</c>; fields in lower case.</summary>
    public IReadOnlyDictionary<string, string> Map { get; }

    /// <summary>Shown to people: the name of the file or folder without endings.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_path))).Split('.')[0];

    /// <summary>The file given, or the only one with the ending in the folder given.</summary>
    /// <exception cref="InputException">The folder holds none, or several.</exception>
    public SourceFile Single(string ending)
    {
        if (File.Exists(_path)) return new SourceFile(_path);
        var found = Directory.EnumerateFiles(_folder).Where(file => HasEnding(file, ending)).Order(StringComparer.Ordinal).ToList();
        return found.Count switch
        {
            1 => new SourceFile(found[0]),
            0 => throw new InputException($"--data {_path}: the folder holds no file that ends in {ending} or {ending}.gz"),
            _ => throw new InputException($"--data {_path}: the folder holds {found.Count} files that end in {ending}: name one of {Names(found)}"),
        };
    }

    /// <summary>A file by its name, with or without <c>.gz</c>, in the folder given or beside the file given.</summary>
    public SourceFile? Find(params string[] names)
    {
        var candidates = names.SelectMany(name => (string[])[name, name + ".gz"]).Select(name => Path.Combine(_folder, name));
        return candidates.FirstOrDefault(File.Exists) is { } found ? new SourceFile(found) : null;
    }

    /// <exception cref="InputException">It is not there.</exception>
    public SourceFile Require(params string[] names) => Find(names) ??
        throw new InputException($"{_folder}: there is no {string.Join(" or ", names)} (nor with .gz); found {Names(Directory.EnumerateFiles(_folder))}");

    /// <summary>All files whose names begin so, with the ending, by name.</summary>
    public IReadOnlyList<SourceFile> All(string beginning, string ending) =>
    [
        .. Directory.EnumerateFiles(_folder, beginning + "*")
            .Where(file => HasEnding(file, ending))
            .Order(StringComparer.Ordinal)
            .Select(file => new SourceFile(file)),
    ];

    private static bool HasEnding(string file, string ending) =>
        file.EndsWith(ending, StringComparison.OrdinalIgnoreCase) || file.EndsWith(ending + ".gz", StringComparison.OrdinalIgnoreCase);

    private static string Names(IEnumerable<string> files)
    {
        var names = files.Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(10).ToList();
        return names.Count == 0 ? "no file" : string.Join(", ", names);
    }
}
