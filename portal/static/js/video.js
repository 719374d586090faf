/* A click on a video's still image puts the player in its place. Until then nothing is asked of the other host. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-video-player] > a");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const figure = link.parentElement;
  const player = document.createElement("iframe");
  player.className = "video__player";
  player.src = figure.dataset.videoPlayer;
  player.title = figure.dataset.videoTitle;
  player.allow = "autoplay; fullscreen; picture-in-picture";
  player.allowFullscreen = true;
  player.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(player);
  player.focus();
});
