using System.Security.Cryptography;
using Splitrail.Contracts;

namespace Splitrail.Local;

/// <summary>The first visit of the console on a laptop: a link that signs in once, made anew at every start.</summary>
internal static class ConsoleLink
{
    private const string Setting = "--ExperimentSvc:Console:LinkToken=";
    private const int TokenDigits = 32;

    /// <summary>The options with a token; one that was set by hand stays.</summary>
    public static SuiteOptions AddTo(SuiteOptions options)
    {
        if (TokenOf(options) is not null)
            return options;
        var arguments = options.ExtraArguments.GetValueOrDefault(AppIds.Experiment, []);
        return options with
        {
            ExtraArguments = new Dictionary<string, IReadOnlyList<string>>(options.ExtraArguments)
            {
                [AppIds.Experiment] = [.. arguments, Setting + RandomNumberGenerator.GetHexString(TokenDigits, lowercase: true)],
            },
        };
    }

    public static string Address(SuiteOptions options, string gateway) => TokenOf(options) is { } token ? $"{gateway}/console/sign-in/link/{token}   (signs in once)" : $"{gateway}/console";

    private static string? TokenOf(SuiteOptions options) => options.ExtraArguments.GetValueOrDefault(AppIds.Experiment, [])
        .LastOrDefault(static argument => argument.StartsWith(Setting, StringComparison.OrdinalIgnoreCase))?[Setting.Length..];
}
