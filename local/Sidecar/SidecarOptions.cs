using System.Globalization;

namespace Splitrail.Local.Sidecar;

/// <summary>Settings of one sidecar; every one is an argument of the same name as daprd's where daprd has it.</summary>
public sealed record SidecarOptions
{
    /// <summary><c>--app-id</c>.</summary>
    public required string AppId { get; init; }

    /// <summary><c>--app-port</c>; 0 for an app that only calls others.</summary>
    public int AppPort { get; init; }

    /// <summary><c>--dapr-http-port</c>; 0 takes a free one.</summary>
    public int HttpPort { get; init; }

    /// <summary><c>--metrics-port</c>: <c>/metrics</c> is there; 0 for none.</summary>
    public int MetricsPort { get; init; }

    /// <summary><c>--resources-path</c>: the folder of YAML files.</summary>
    public string? ResourcesPath { get; init; }

    /// <summary><c>--state-dir</c>: state, broker and address book of all sidecars of a run.</summary>
    public required string StateDirectory { get; init; }

    /// <summary><c>DAPR_API_TOKEN</c>: what the app must send. Null asks for none.</summary>
    public string? ApiToken { get; init; }

    /// <summary><c>APP_API_TOKEN</c>: what the sidecar sends to the app.</summary>
    public string? AppApiToken { get; init; }

    /// <summary><c>--enable-faults true</c> opens <c>/faults</c>, for tests only.</summary>
    public bool EnableFaults { get; init; }

    /// <summary><c>--max-body-size</c>, in bytes.</summary>
    public int MaxBodySize { get; init; } = 4 * 1024 * 1024;

    public Uri? AppAddress => AppPort == 0 ? null : new Uri($"http://127.0.0.1:{AppPort}");

    /// <exception cref="ArgumentException">With one line per fault.</exception>
    public static SidecarOptions Read(IConfiguration configuration)
    {
        List<string> faults = [];
        var options = new SidecarOptions
        {
            AppId = Required(configuration, "app-id", faults),
            AppPort = Port(configuration, "app-port", faults),
            HttpPort = Port(configuration, "dapr-http-port", faults),
            MetricsPort = Port(configuration, "metrics-port", faults),
            ResourcesPath = Text(configuration, "resources-path"),
            StateDirectory = Required(configuration, "state-dir", faults),
            ApiToken = Text(configuration, "DAPR_API_TOKEN"),
            AppApiToken = Text(configuration, "APP_API_TOKEN"),
            EnableFaults = Text(configuration, "enable-faults") == "true",
        };
        return faults.Count == 0 ? options : throw new ArgumentException(string.Join(Environment.NewLine, faults));
    }

    private static string? Text(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } text ? text : null;

    private static string Required(IConfiguration configuration, string key, List<string> faults)
    {
        if (Text(configuration, key) is { } text)
            return text;
        faults.Add($"--{key} is missing.");
        return "";
    }

    private static int Port(IConfiguration configuration, string key, List<string> faults)
    {
        var text = Text(configuration, key);
        if (text is null)
            return 0;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > ushort.MaxValue)
            faults.Add($"--{key} is '{text}'; it must be a port between 0 and 65535.");
        return port;
    }
}
