using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Feeds;

/// <summary>
/// The last versions of a feed on disk, so that a service which restarts while the feed's owner is away works on (static stability). NAME.json is the newest,
/// NAME.1.json the one before, and so on. Written to a temporary name and renamed: a kill leaves the old file or the new one, never half of one.
/// </summary>
/// <param name="directory">Null keeps nothing.</param>
/// <param name="name">Of the feed.</param>
/// <param name="kept">How many versions.</param>
/// <param name="json">How to write and read it.</param>
internal sealed class DiskCopy<T>(string? directory, string name, int kept, JsonTypeInfo<T> json)
    where T : class
{
    /// <summary>The newest copy that can be used; null when there is none.</summary>
    /// <param name="faultOf">What is wrong with a copy that could be read, or null.</param>
    /// <param name="refused">Told of each file that is passed over, and why.</param>
    public T? Read(Func<T, string?> faultOf, Action<string, string> refused)
    {
        if (directory is null)
            return null;
        foreach (var path in Enumerable.Range(0, kept).Select(PathOf).Where(File.Exists))
        {
            if (Read(path, faultOf, out var fault) is { } value)
                return value;
            refused(path, fault);
        }

        return null;
    }

    public void Write(T value)
    {
        if (directory is null)
            return;
        Directory.CreateDirectory(directory);
        var temporary = $"{PathOf(0)}.{Environment.ProcessId}.tmp";
        using (var stream = File.Create(temporary))
            JsonSerializer.Serialize(stream, value, json);
        for (var age = kept - 1; age > 0; age--)
        {
            if (File.Exists(PathOf(age - 1)))
                File.Move(PathOf(age - 1), PathOf(age), overwrite: true);
        }

        File.Move(temporary, PathOf(0), overwrite: true);
    }

    private string PathOf(int age) => Path.Combine(directory!, age == 0 ? $"{name}.json" : $"{name}.{age}.json");

    private T? Read(string path, Func<T, string?> faultOf, out string fault)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var value = JsonSerializer.Deserialize(stream, json);
            fault = value is null ? "it holds null" : faultOf(value) ?? "";
            return fault.Length == 0 ? value : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            fault = unreadable.Message;
            return null;
        }
    }
}
