using System.Net.Sockets;

namespace Ziggie.Api.Tests.Support;

/// <summary>A daemon that listens: in this process with fakes, or a program of its own. Clients need no more than this.</summary>
public abstract class Daemon : IAsyncDisposable
{
    public const string AdminPassword = "correct horse";

    /// <summary>http://127.0.0.1:PORT</summary>
    public abstract Uri Address { get; }

    public abstract string Home { get; }

    /// <summary>A client without a token.</summary>
    public ApiClient Anonymous() => new(new HttpClient { BaseAddress = Address });

    /// <summary>Signed in as the first admin.</summary>
    public Task<ApiClient> AdminAsync() => SignInAsync("admin", AdminPassword);

    public async Task<ApiClient> SignInAsync(string username, string password)
    {
        var client = Anonymous();
        var answer = await client.PostAsync("/api/auth/login", new { username, password });
        client.Token = answer.Ok().GetProperty("access_token").GetString();
        return client;
    }

    /// <summary>A user of that role, made and signed in.</summary>
    public async Task<ApiClient> UserAsync(string role)
    {
        var username = $"{role}-{Guid.NewGuid():n}";
        const string password = "a long password";
        var admin = await AdminAsync();
        (await admin.PostAsync("/api/auth/users", new { username, password, role })).Ok(201);
        return await SignInAsync(username, password);
    }

    /// <summary>A client of the socket in the home.</summary>
    public ApiClient Local() => new(new HttpClient(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Home, "run", "ziggie.sock")), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://anything") });

    public abstract ValueTask DisposeAsync();
}
