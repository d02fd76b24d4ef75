using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Splitrail.Telemetry;

public static class Logging
{
    public const string FormatKey = "log-format";

    /// <summary><c>--log-format json</c> (the default: one object a line, for collectors) or <c>human</c>; <c>--log-level</c> from Debug to None.</summary>
    /// <exception cref="ArgumentException">Another format or level was named.</exception>
    public static void AddSplitrailLogging(this ILoggingBuilder logging, IConfiguration configuration)
    {
        var format = configuration[FormatKey] ?? "json";
        var levelName = configuration["log-level"] ?? "Information";
        if (!Enum.TryParse<LogLevel>(levelName, ignoreCase: true, out var level))
            throw new ArgumentException($"--log-level is '{levelName}': use one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
        logging.ClearProviders();
        logging.SetMinimumLevel(level);
        var framework = level > LogLevel.Warning ? level : LogLevel.Warning;
        logging.AddFilter("Microsoft", level < LogLevel.Information ? LogLevel.Information : framework);
        logging.AddFilter("System.Net.Http", framework);
        logging.AddFilter("Yarp", framework);
        logging.AddFilter("Microsoft.Hosting.Lifetime", framework);
        switch (format)
        {
            case "json":
                logging.AddJsonConsole(static json =>
                {
                    json.UseUtcTimestamp = true;
                    json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                });
                break;
            case "human":
                logging.AddSimpleConsole(static console =>
                {
                    console.SingleLine = true;
                    console.TimestampFormat = "HH:mm:ss.fff ";
                    console.ColorBehavior = LoggerColorBehavior.Default;
                });
                break;
            default:
                throw new ArgumentException($"--log-format is '{format}': use json or human.");
        }
    }
}
