using System.Security.Cryptography;
using Splitrail.Hosting;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>
/// The definitions file: the first content of an empty database, and with <see cref="ExperimentOptions.FollowDefinitions"/> the truth, looked at again and again. An editor that replaces
/// the file, a mounted ConfigMap and a network share all change content, but not all of them raise events. An invalid edit is refused and what was stored stays.
/// </summary>
internal sealed partial class DefinitionWatch(ExperimentOptions options, ILogger<DefinitionWatch> logger) : IDependencyCheck
{
    private static readonly string s_defaultHash = Convert.ToHexStringLower(SHA256.HashData(DefaultDefinitions.Json.Span));

    private string _seenHash = "";
    private bool _lost;
    private volatile string? _fault;
    private volatile DefinitionFile? _current;
    private volatile bool _ended;

    public string Name => "definitions";

    /// <summary>What the file is, by name.</summary>
    public string Source => options.Definitions ?? "built in";

    /// <summary>The last good file; null before the first look, and as long as the first file is invalid.</summary>
    public DefinitionFile? Current => _current;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        _ended ? DependencyStatus.Healthy($"in the database; {Source} is not followed")
        : _fault is { } fault ? DependencyStatus.Degraded($"{Source}: {fault} What was stored last stays.")
        : DependencyStatus.Healthy($"{(options.FollowDefinitions ? "following" : "starting with")} {Source}"));

    /// <summary>The database has definitions, and they are not the file's to change.</summary>
    public void End() => _ended = true;

    /// <summary>The file is well-formed, but does not go with what is stored.</summary>
    public void Refuse(string fault)
    {
        if (_fault != fault)
            Refused(logger, Source, fault);
        _fault = fault;
    }

    /// <summary>Looks once; true when <see cref="Current"/> is new.</summary>
    public bool Look()
    {
        if (_ended || ReadFile() is not { } json)
            return false;
        var hash = Convert.ToHexStringLower(SHA256.HashData(json.Span));
        if (hash == _seenHash && !_lost)
            return false;
        (_seenHash, _lost) = (hash, false);
        var reading = DefinitionReading.Of(json.Span);
        if (reading.File is null)
        {
            foreach (var fault in reading.Faults)
                Refused(logger, Source, fault);
            _fault = string.Join(" ", reading.Faults);
            return false;
        }

        _fault = null;
        _current = reading.File;
        return true;
    }

    private ReadOnlyMemory<byte>? ReadFile()
    {
        if (options.Definitions is null)
            return DefaultDefinitions.Json;
        try
        {
            return File.ReadAllBytes(options.Definitions);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException && (_seenHash.Length == 0 || _seenHash == s_defaultHash))
        {
            // A new shop has no file yet. One that has gone is another matter: what was stored last stays.
            return DefaultDefinitions.Json;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            if (!_lost)
                Unreadable(logger, options.Definitions, unreadable.Message);
            _lost = true;
            _fault = $"The file cannot be read: {unreadable.Message}";
            return null;
        }
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "Definitions {File} are refused: {Fault}")]
    private static partial void Refused(ILogger logger, string file, string fault);

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "Definitions {File} cannot be read: {Reason}")]
    private static partial void Unreadable(ILogger logger, string file, string reason);
}
