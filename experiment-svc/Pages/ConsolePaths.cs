namespace Splitrail.ExperimentSvc.Pages;

/// <summary>Addresses of the console, as links write them.</summary>
internal static class ConsolePaths
{
    public const string Root = "/console";
    public const string SignIn = Root + "/sign-in";
    public const string SignOut = Root + "/sign-out";
    public const string Link = Root + "/sign-in/link";
    public const string Experiments = Root + "/experiments";
    public const string Layers = Root + "/layers";
    public const string Flags = Root + "/flags";
    public const string Models = Root + "/models";
    public const string Weights = Root + "/weights";
    public const string Rules = Root + "/rules";
    public const string System = Root + "/system";
    public const string TryIt = Root + "/try-it";

    public static string Experiment(string id) => $"{Experiments}/{Uri.EscapeDataString(id)}";

    public static string Rule(string id) => $"{Rules}/{Uri.EscapeDataString(id)}";

    public static string Experiment(string id, string part) => $"{Experiment(id)}/{part}";
}
