// Shows how long a mailed code is still valid. The server's own times: the browser's clock may be wrong.
const timer = document.querySelector("[role=timer]");
const { issued, now, timeout } = timer.dataset;
const end = performance.now() + (Number(issued) + Number(timeout) - Number(now)) * 1000;
const show = () => {
  const left = Math.ceil((end - performance.now()) / 1000);
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  timer.textContent = left > 0 ? `Valid for another ${time}` : "This code has expired.";
  if (left > 0) setTimeout(show, 250);
};
show();
