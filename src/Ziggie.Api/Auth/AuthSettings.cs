using Ziggie.Api.Hosting;

namespace Ziggie.Api.Auth;

/// <summary>What may be done without a token.</summary>
internal enum AnonymousMode
{
    /// <summary>The list and the states of services, from this machine.</summary>
    Read,

    /// <summary>Nothing but signing in.</summary>
    None,

    /// <summary>Everything, from this machine.</summary>
    All,
}

/// <param name="Anonymous">What may be done without a token.</param>
/// <param name="Hosts">Names beside the loopback ones by which the daemon may be called.</param>
/// <param name="Origins">Web origins beside the daemon's own, such as http://localhost:3000.</param>
internal sealed record AuthSettings(AnonymousMode Anonymous, IReadOnlyList<string> Hosts, IReadOnlyList<string> Origins)
{
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(24);

    public static AuthSettings Read(IConfiguration configuration, ListenSettings listen)
    {
        var anonymous = SettingReader.Word(configuration, "Auth:Anonymous", AnonymousMode.Read);
        if (!listen.IsLoopbackOnly && anonymous is not AnonymousMode.None)
            throw StartRefusedException.BadSetting("A daemon that other machines can reach needs Auth:Anonymous=none.");
        return new AuthSettings(anonymous, SettingReader.List(configuration, "Auth:Hosts"),
            [.. SettingReader.List(configuration, "Auth:Origins").Select(o => o.TrimEnd('/'))]);
    }
}
