namespace Splitrail.Gateway.Recommendations;

/// <summary>For which requests ranking-svc is asked for the features of its list.</summary>
internal enum ListRows
{
    /// <summary>Nobody logs them.</summary>
    Never,

    /// <summary>Only for a list that is kept: another request that gets it may be one that is logged.</summary>
    WhenKept,

    /// <summary>This one is logged.</summary>
    Always,
}
