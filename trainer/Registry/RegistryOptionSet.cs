using System.CommandLine;

namespace Splitrail.Trainer.Registry;

/// <summary>Where the registry is and who asks.</summary>
internal sealed class RegistryOptionSet
{
    public const string DefaultAddress = "http://127.0.0.1:8080";

    private readonly Option<string> _address = new("--registry")
    {
        Description = "Address of the gateway, or of experiment-svc.", HelpName = "URL", DefaultValueFactory = static _ => DefaultAddress,
    };

    private readonly Option<string> _actor = new("--actor") { Description = "Who asks, for the audit log.", HelpName = "NAME", DefaultValueFactory = static _ => Known(Environment.UserName) };

    public void AddTo(Command command)
    {
        command.Options.Add(_address);
        command.Options.Add(_actor);
    }

    /// <exception cref="InputException">The address is none.</exception>
    public RegistryClient Connect(ParseResult parsed) => Connect(parsed.GetRequiredValue(_address), parsed.GetRequiredValue(_actor));

    public static RegistryClient Connect(string address, string? actor = null) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? new RegistryClient(uri, actor ?? Known(Environment.UserName))
        : throw new InputException($"--registry is '{address}': give an address such as {DefaultAddress}.");

    private static string Known(string name)
    {
        var kept = new string([.. name.Where(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@')]);
        return kept.Length > 0 ? kept : "trainer";
    }
}
