using System.Security.Cryptography;
using Splitrail.Hosting;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>
/// The definitions file, looked at again and again: an editor that replaces the file, a mounted ConfigMap and a network share all change
/// content, but not all of them raise events. An invalid edit is refused and the last good one stays.
/// </summary>
internal sealed partial class DefinitionWatch(ExperimentOptions options, ILogger<DefinitionWatch> logger) : IDependencyCheck
{
    private static readonly string s_defaultHash = Convert.ToHexStringLower(SHA256.HashData(DefaultDefinitions.Json.Span));

    private string _seenHash = "";
    private bool _lost;
    private volatile string? _fault;
    private volatile DefinitionFile? _current;

    public string Name => "definitions";

    /// <summary>The last good definitions; null before the first look, and as long as the first file is invalid.</summary>
    public DefinitionFile? Current => _current;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken)
    {
        var source = options.Definitions ?? "built in";
        return ValueTask.FromResult(_fault is { } fault
            ? DependencyStatus.Degraded($"{source}: {fault} Serving {(_current is null ? "nothing" : "the last good definitions")}.")
            : DependencyStatus.Healthy(source));
    }

    /// <summary>Looks once; true when <see cref="Current"/> is new.</summary>
    public bool Look()
    {
        if (ReadFile() is not { } json)
            return false;
        var hash = Convert.ToHexStringLower(SHA256.HashData(json.Span));
        if (hash == _seenHash && !_lost)
            return false;
        (_seenHash, _lost) = (hash, false);
        var reading = DefinitionReading.Of(json.Span);
        if (reading.File is null)
        {
            foreach (var fault in reading.Faults)
                Refused(logger, options.Definitions ?? "built in", fault);
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
            // A new shop has no file yet. One that has gone is another matter: the last good one stays.
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
