using System.Text.Json;

namespace Splitrail.RankingSvc.Checks;

/// <summary><c>verify-model FOLDER</c>: the child's side of <see cref="ModelOpening"/>, and a command for people.</summary>
internal static class VerifyModelCommand
{
    public const string Name = "verify-model";
    public const long LargestRanker = 256L << 20;
    private const long Memory = 2L << 30;

    /// <summary>Prints the verdict as one line of JSON.</summary>
    /// <param name="arguments">The version's folder, and what a ranker's file may have in bytes.</param>
    /// <returns>0 accepted, 1 refused, 2 wrong arguments.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length is < 1 or > 2 || !TryLargest(arguments[1..], out var largest))
        {
            Console.Error.WriteLine($"{Name} FOLDER [BYTES]: the folder of a model version, and how large a ranker's file may be.");
            return 2;
        }

        ProcessLimits.AllowMore(Memory);
        var verdict = new CheckVerdict(ModelInspection.FaultOf(arguments[0], largest));
        Console.WriteLine(JsonSerializer.Serialize(verdict, CheckJson.Default.CheckVerdict));
        return verdict.Fault is null ? 0 : 1;
    }

    private static bool TryLargest(ReadOnlySpan<string> rest, out long largest)
    {
        largest = LargestRanker;
        return rest.Length == 0 || (long.TryParse(rest[0], out largest) && largest > 0);
    }
}
